"""The Marian network, set up to train fast."""

import torch
from torch import nn
from transformers import MarianConfig, MarianMTModel

from training.batches import Batch
from training.dropout import PooledDropout
from training.loss import smoothed_cross_entropy
from training.recipe import NetworkRecipe

POSITIONS = 512


def build_network(recipe: NetworkRecipe, vocabulary_size: int) -> MarianMTModel:
    """A network with fresh weights; ids as `Vocabulary` orders them."""
    pad = vocabulary_size - 1
    config = MarianConfig(  # type: ignore[no-untyped-call]
        vocab_size=vocabulary_size,
        d_model=recipe.d_model,
        encoder_layers=recipe.encoder_layers,
        decoder_layers=recipe.decoder_layers,
        encoder_ffn_dim=recipe.ffn,
        decoder_ffn_dim=recipe.ffn,
        encoder_attention_heads=recipe.heads,
        decoder_attention_heads=recipe.heads,
        activation_function=recipe.activation,
        # `prepare_for_training` drops out in its own, faster way.
        dropout=0.0,
        attention_dropout=0.0,
        activation_dropout=0.0,
        init_std=recipe.init_std,
        max_position_embeddings=POSITIONS,
        scale_embedding=True,
        pad_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=None,
        decoder_start_token_id=pad,
        # Sentences are short: the fused attention's backward pass is twice as slow here.
        attn_implementation="eager",
    )
    network = MarianMTModel(config)
    # Embeddings of unit length; `init_std` is for the hidden layers, where it must be so small that
    # the branches add little to their input at first, or the encoder's outputs all become alike.
    nn.init.normal_(network.model.shared.weight, std=recipe.d_model**-0.5)
    with torch.no_grad():
        network.model.shared.weight[pad].zero_()
    return network


def prepare_for_training(network: MarianMTModel, dropout: float, *, embedding: float = 0.0, inner: float = 0.0) -> None:
    """Turn on dropout where Marian has it, and compile for a GPU.

    `dropout` comes after each attention and each feed-forward block, `embedding` after the embeddings, `inner` inside the
    feed-forward blocks.
    """
    for side in (network.model.encoder, network.model.decoder):
        side.dropout = embedding
        for layer in side.layers:
            layer.activation_dropout = inner
    if network.device.type == "cpu" and dropout:
        PooledDropout(dropout, network.device).attach(network, (".out_proj", ".fc2"))
    if network.device.type != "cpu":
        for layer in (*network.model.encoder.layers, *network.model.decoder.layers):
            layer.dropout = dropout
        # All layers are one piece of code: it is compiled once, for every length.
        for layer in network.model.encoder.layers:
            layer.compile(dynamic=True)
    network.train()


def batch_losses(network: MarianMTModel, batch: Batch, smoothing: float, *, consistency: float = 0.0) -> tuple[torch.Tensor, torch.Tensor]:
    """Two means: the smoothed cross entropy of a target token, and of where a linked one should look.

    With `consistency` the batch is read twice, each time with other units dropped, and that multiple of the difference between
    the two readings is added to the first.
    """
    target, readings = batch.target, 2 if consistency else 1
    if consistency:
        batch = batch.twice()
    encoder, decoder = network.model.encoder, network.model.decoder
    encoded = encoder(input_ids=batch.source, attention_mask=batch.source_mask)
    output = decoder(
        input_ids=batch.decoder_input,
        encoder_hidden_states=encoded.last_hidden_state,
        encoder_attention_mask=batch.source_mask,
        use_cache=False,
        output_attentions=True,
    )
    # Real positions only, and without the row of <pad>: it is last, is never predicted, and
    # must stay zero, because decoding starts from a zero embedding.
    states = output.last_hidden_state.flatten(0, 1)[batch.positions].unflatten(0, (readings, -1))
    words = smoothed_cross_entropy(states, network.model.shared.weight[:-1], target, smoothing, consistency)
    return words / batch.tokens, _looking_loss(output.cross_attentions, batch.linked)


def _looking_loss(attentions: tuple[torch.Tensor, ...], linked: torch.Tensor) -> torch.Tensor:
    """How far the first head of each decoder layer is from looking at the linked source tokens."""
    row, place, at = linked
    if not len(row):
        return attentions[0].new_zeros(())
    looked = [attention[row, 0, place, at].float() for attention in attentions]
    return -torch.stack(looked).clamp_min(1e-6).log().mean()
