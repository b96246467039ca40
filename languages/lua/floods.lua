while true do print(string.rep("flood", 1000)) end
