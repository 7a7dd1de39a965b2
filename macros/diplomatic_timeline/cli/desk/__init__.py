"""`timeline desk`: a page on this machine on which the record is edited."""
