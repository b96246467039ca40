(if #f #f)
