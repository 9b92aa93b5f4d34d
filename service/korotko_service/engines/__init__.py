"""Tensors: the only importer of model runtimes."""
