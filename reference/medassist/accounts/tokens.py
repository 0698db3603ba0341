"""The tokens of MedAssist are those of all systems."""

from reference.common.tokens import BadToken, Claims, TokenMint

__all__ = ["BadToken", "Claims", "TokenMint"]
