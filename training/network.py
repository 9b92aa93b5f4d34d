"""The Marian network, set up to train fast on a CPU."""

import torch
from transformers import MarianConfig, MarianMTModel

from training.batches import Batch
from training.dropout import PooledDropout
from training.loss import smoothed_cross_entropy
from training.recipe import NetworkRecipe

POSITIONS = 512


def build_network(recipe: NetworkRecipe, vocabulary_size: int) -> MarianMTModel:
    """A network with fresh weights; ids as `Vocabulary` orders them."""
    pad = vocabulary_size - 1
    config = MarianConfig(
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
    return MarianMTModel(config)


def prepare_for_training(network: MarianMTModel, dropout: float) -> None:
    """Turn on dropout where Marian has it: after each attention and each feed-forward block."""
    if dropout:
        PooledDropout(dropout).attach(network, (".out_proj", ".fc2"))
    network.train()


def batch_loss(network: MarianMTModel, batch: Batch, smoothing: float) -> torch.Tensor:
    """Smoothed cross entropy summed over the batch's target tokens."""
    states = network.model(
        input_ids=batch.source,
        attention_mask=batch.source_mask,
        decoder_input_ids=batch.decoder_input,
        use_cache=False,
    ).last_hidden_state
    # Real positions only, and without the row of <pad>: it is last, is never predicted, and
    # must stay zero, because decoding starts from a zero embedding.
    embedding = network.model.shared.weight[:-1]
    target = batch.target[batch.target_mask]
    return smoothed_cross_entropy(states[batch.target_mask], embedding, target, smoothing)
