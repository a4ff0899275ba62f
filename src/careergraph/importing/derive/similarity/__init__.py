"""How alike occupations are: a small model of the transitions that experts call related, and its readable result.

    profiles        catalogue → what is known of each occupation, as arrays, bags and texts
    words           texts → words, and vectors for words
    company         texts → vectors for words by the words beside them
    similarities    profiles → the features of every ordered pair
    model           features → logit, with coefficients from model.json; how those are fitted
    deriving        catalogue → files; at import
    derived         files → answers; without numpy, for the start path

Which occupations a source relates to each other is what the model is fitted to; it is no feature of it.
"""
