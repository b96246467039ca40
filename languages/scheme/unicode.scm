(display "Grüße, Ωμέγα, 你好, 🙂\n")
