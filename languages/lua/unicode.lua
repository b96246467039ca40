print("Grüße, Ωμέγα, 你好, 🙂")
