repeat cat(strrep("flood", 1000), "\n")
