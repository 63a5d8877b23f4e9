"""Work to be done later, safely. Unfurnished."""
