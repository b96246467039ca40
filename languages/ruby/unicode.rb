puts "Grüße, Ωμέγα, 你好, 🙂"
