# offers.zsh FOLDER <COMMANDS: as offers.bash. _arguments is given all that is offered; its first call only finds the command.
_arguments() {
    if [[ $1 == -C ]]; then state=argument; return 1; fi
    offered=("$@")
}
_values() { :; }
_describe() { :; }
offered=()
source "$1/_casement-cli" call
while read -r line; do
    words=(${=line}) offered=()
    _casement_cli
    printf '%s\t%s\n' "$line" "${(j: :)offered//[\'\[(]/ }"
done
