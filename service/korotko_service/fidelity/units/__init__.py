"""Read and write units of measure."""
