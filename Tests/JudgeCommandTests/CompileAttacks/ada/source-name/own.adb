-- attack: says that its units are in files of the host's
pragma Source_File_Name (Other, Spec_File_Name => "@CANARY@");
pragma Source_File_Name (Other, Body_File_Name => "@ANSWER@");
with Other;
procedure Own is begin null; end Own;
