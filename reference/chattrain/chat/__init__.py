"""The chat socket: who may enter, who is greeted, who is answered, in which order."""
