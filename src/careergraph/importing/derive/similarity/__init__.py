"""How similar occupations are: a small model of the transitions that experts call related.

    profiles        catalogue → what is known about each occupation, as arrays, bags of terms and texts
    text_vectors    texts → words, and vectors for words
    cooccurrence    texts → vectors for words by the words beside them
    pairwise        profiles → similarities of every ordered pair
    features        similarities → the features of the model
    model           features → logit, with coefficients from model.json
    write           catalogue → files, at import; `transitions.precomputed.similarity` reads them

The model is fitted to which occupations a source relates to each other; that is not one of its features.
"""
