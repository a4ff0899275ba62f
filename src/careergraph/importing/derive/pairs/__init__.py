"""The most likely destinations of each occupation of a large register, without a table of all pairs.

    parts       some origins compared with all destinations, and the file with their best
    jobs        a folder with all parts, made by several processes of this machine
    spark       the same parts, made by a cluster

An import compares all pairs at once and keeps each: with n occupations, that takes memory for n² pairs. Here, memory
grows with n, and time with n².
"""
