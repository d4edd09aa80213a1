"""What can be written in a site, read from the models themselves: for people, for pages and for editors."""
