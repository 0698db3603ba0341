"""Who acts in the features: persona cards (`cards/*.yaml`) and the lines they use (`material/*.yaml`)."""

from personas.cards import Attributes, Persona, load, names
from personas.material import material

__all__ = ["Attributes", "Persona", "load", "material", "names"]
