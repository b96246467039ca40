(write-line "Grüße, Ωμέγα, 你好, 🙂")
