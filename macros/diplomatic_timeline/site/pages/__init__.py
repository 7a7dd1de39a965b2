"""One module a kind of page, named as its template: what there is of it, and what each is made from."""
