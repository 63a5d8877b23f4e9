/** What ordinary pages load: the look, htmx and the small behaviours. */

import "htmx.org";
import "../styles/main.scss";
import { watchForms } from "./forms";
import { watchPage } from "./page";
import { watchPaper } from "./paper";

watchForms();
watchPage();
watchPaper();
