local kept = {}
while true do kept[#kept + 1] = string.rep("x", 4 << 20) end
