"""The wire: the only importer of grpc and korotko.v1 in the service."""
