#error this is the submitted one
