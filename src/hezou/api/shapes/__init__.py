"""What goes through the door: the forms of requests and answers, and how rows become answers."""
