# offers.fish FOLDER <COMMANDS: as offers.bash.
function casement-cli; end
source $argv[1]/casement-cli.fish
while read -l line
    printf '%s\t%s\n' $line (complete -C "casement-cli $line --" | string replace -r '\t.*' '' | string join ' ')
end
