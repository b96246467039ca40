echo "Grüße, Ωμέγα, 你好, 🙂"
