"""Ray Serve: two replicas behind its HTTP proxy, `serve.batch` with at most 32 requests within 10 ms. Argument: port."""

import sys
import time

from ray import serve
from starlette.requests import Request
from starter import Starter

_MAX_BATCH, _MAX_WAIT_SECONDS = 32, 0.01
_A_DAY_SECONDS = 86400


@serve.deployment(num_replicas=2, max_ongoing_requests=128, ray_actor_options={"num_cpus": 1})
class Translate:
    """One model in each replica."""

    def __init__(self) -> None:
        self._starter = Starter(replicas=1)

    @serve.batch(max_batch_size=_MAX_BATCH, batch_wait_timeout_s=_MAX_WAIT_SECONDS)
    async def translate(self, requests: list[dict[str, str]]) -> list[dict[str, str]]:
        return self._starter.translate(requests)

    async def __call__(self, request: Request) -> dict[str, str]:
        answer: dict[str, str] = await self.translate(await request.json())
        return answer


if __name__ == "__main__":
    serve.start(http_options={"host": "127.0.0.1", "port": int(sys.argv[1])})
    serve.run(Translate.bind(), route_prefix="/")
    while True:
        time.sleep(_A_DAY_SECONDS)
