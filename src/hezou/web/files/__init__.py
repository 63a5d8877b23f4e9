"""What people take away or look at: pictures and attachments of a piece, its versions as documents."""
