# offers.bash FOLDER <COMMANDS: a line for each command: its words, a tab, the options that bash offers after them.
# The function is what bash-completion brings, as far as it is needed here.
_init_completion() { cur=-- prev=${COMP_WORDS[COMP_CWORD - 1]} words=("${COMP_WORDS[@]}") cword=$COMP_CWORD; }
. "$1/casement-cli.bash"
while read -r line; do
    COMP_WORDS=(casement-cli $line --) COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
    _casement_cli
    printf '%s\t%s\n' "$line" "${COMPREPLY[*]}"
done
