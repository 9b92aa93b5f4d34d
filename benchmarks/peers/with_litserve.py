"""LitServe: two worker processes, dynamic batches of at most 32 within 10 ms. Argument: port."""

import sys
from typing import Any

import litserve
from starter import Starter

_MAX_BATCH, _MAX_WAIT_SECONDS = 32, 0.01


class Translate(litserve.LitAPI):
    """LitServe's own steps: decode, batch, predict, unbatch, encode."""

    def setup(self, device: str) -> None:
        self._starter = Starter(replicas=1)

    def decode_request(self, request: dict[str, str], **_: Any) -> dict[str, str]:
        return request

    def batch(self, inputs: list[dict[str, str]]) -> list[dict[str, str]]:
        return inputs

    def predict(self, x: list[dict[str, str]], **_: Any) -> list[dict[str, str]]:
        return self._starter.translate(x)

    def unbatch(self, output: list[dict[str, str]]) -> list[dict[str, str]]:
        return output

    def encode_response(self, output: dict[str, str], **_: Any) -> dict[str, str]:
        return output


if __name__ == "__main__":
    api = Translate(max_batch_size=_MAX_BATCH, batch_timeout=_MAX_WAIT_SECONDS)
    server = litserve.LitServer(api, accelerator="cpu", workers_per_device=2, timeout=60)
    server.run(host="127.0.0.1", port=int(sys.argv[1]), num_api_servers=1, generate_client_file=False, log_level="warning")
