"""The naive server: FastAPI and uvicorn, CTranslate2 called once for each request on FastAPI's threads, no batching. Argument: port."""

import sys

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from starter import Starter

app = FastAPI()
starter = Starter(replicas=2)


class Translate(BaseModel):
    """A request."""

    text: str
    source: str
    target: str


@app.post("/translate")
def translate(request: Translate) -> dict[str, str]:
    return starter.translate([request.model_dump()])[0]


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", access_log=False)
