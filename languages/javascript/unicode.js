console.log("Grüße, Ωμέγα, 你好, 🙂");
