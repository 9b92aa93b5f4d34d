"""A researcher's naive server: FastAPI, two worker processes, transformers' MarianMTModel.generate for each request. Argument: port.

The repository has only int8 weights, so they are multiplied out to float32 (weights.py): the same model, as transformers runs it.
"""

import json
import sys
import tomllib

import sentencepiece
import torch
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from transformers import MarianMTModel
from weights import FOLDER, marian

app = FastAPI()
_MAX_NEW_TOKENS = 256


class Request(BaseModel):
    """A request."""

    text: str
    source: str
    target: str


class Translator:
    """One model, one thread: two processes fill two cores."""

    def __init__(self) -> None:
        torch.set_num_threads(1)
        manifest = tomllib.loads((FOLDER / "model.toml").read_text(encoding="utf-8"))
        vocabulary = json.loads((FOLDER / "shared_vocabulary.json").read_text(encoding="utf-8"))
        self._ids = {token: number for number, token in enumerate(vocabulary)}
        self._tokens, self._vocabulary = manifest["target_tokens"], vocabulary
        self._beam_size = int(manifest["decoding"]["beam_size"])
        self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(FOLDER / "source.spm"))
        self._model: MarianMTModel = marian(vocabulary_size=len(vocabulary), end=self._ids["</s>"])

    def translate(self, text: str, target: str) -> str:
        tokens = [self._tokens[target], *self._pieces.encode(text, out_type=str), "</s>"]
        ids = torch.tensor([[self._ids.get(token, self._ids["<unk>"]) for token in tokens]])
        with torch.inference_mode():
            output = self._model.generate(ids, num_beams=self._beam_size, max_new_tokens=_MAX_NEW_TOKENS)[0].tolist()
        words = [self._vocabulary[each] for each in output if each < len(self._vocabulary)]
        return str(self._pieces.decode([word for word in words if word != "</s>"]))


if __name__ == "__main__":
    uvicorn.run(
        "with_transformers:app", host="127.0.0.1", port=int(sys.argv[1]), workers=2, timeout_worker_healthcheck=120, log_level="warning"
    )
else:
    translator = Translator()

    @app.post("/translate")
    async def translate(request: Request) -> dict[str, str]:
        """On the event loop, so that a process computes one request at a time."""
        return {"translation": translator.translate(request.text, request.target)}
