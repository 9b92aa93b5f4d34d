"""Generated contract of korotko.v1: made by `make protos` from protos/, never edited."""
