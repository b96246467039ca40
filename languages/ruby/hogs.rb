kept = []
loop { kept << "x" * (4 << 20) }
