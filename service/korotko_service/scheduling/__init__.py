"""Time: queues, locks and threads live here and nowhere else."""
