"""Who may do what: the page that is drawn from the table of permissions, in the agency's own words."""
