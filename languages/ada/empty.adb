procedure Empty is
begin
   null;
end Empty;
