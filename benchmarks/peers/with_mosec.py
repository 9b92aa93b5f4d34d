"""mosec: two worker processes behind its Rust front, dynamic batches of at most 32 within 10 ms. Argument: --port PORT (mosec's own)."""

from mosec import Server, Worker
from starter import Starter

_MAX_BATCH, _MAX_WAIT_MILLISECONDS = 32, 10


class Translate(Worker):
    """One model each; JSON in and out is mosec's default."""

    def __init__(self) -> None:
        super().__init__()
        self._starter = Starter(replicas=1)

    def forward(self, data: list[dict[str, str]]) -> list[dict[str, str]]:
        return self._starter.translate(data)


if __name__ == "__main__":
    server = Server()
    server.append_worker(Translate, num=2, max_batch_size=_MAX_BATCH, max_wait_time=_MAX_WAIT_MILLISECONDS, timeout=60)
    server.run()
