#!/usr/bin/env bash
# words.sh CASEMENT CASEMENT-CLI SOURCES: every option and command of --help is in the man pages of both languages and in the completion of all
# shells, and none stands there that --help does not know; what is completed where; the pages are well-formed, and set at
# any width: with its rules for Japanese troff never ends where a word that it can't break is longer than a line.
set -euo pipefail
programs=("$1" "$2")
packaging=$3/packaging
faults=0

fault() {
    echo "FAIL: $*" >&2
    faults=$((faults + 1))
}

# Long options that a text names as its own: not those of the AWS CLI, which some texts mention.
options_of() { grep -oE -- '(^|[^[:alnum:]-])--[a-z][a-z-]*[a-z]' | grep -oE -- '--[a-z-]+' | grep -vE -- '^--cli-' | sort -u; }

for path in "${programs[@]}"; do
    program=$(basename "$path")
    help=$("$path" --help)
    known=$(options_of <<<"$help")
    [ "$(wc -l <<<"$known")" -ge 10 ] || fault "$program --help lists few options"
    for text in man/"$program.1" man/ja/"$program.1" completion/"$program.bash" completion/_"$program" completion/"$program.fish"; do
        # In a page a dash has a backslash before it; in zsh's file braces and quotes stand around the names; in fish's they follow an -l.
        named=$(sed -E 's/\\-/-/g; s/\\f[A-Z]//g; s/^(complete .*) -l ([a-z-]+)/\1 --\2/' "$packaging/$text" | options_of)
        while read -r option; do
            grep -qxF -- "$option" <<<"$named" || fault "$text lacks $option of $program --help"
        done <<<"$known"
        while read -r option; do
            grep -qxF -- "$option" <<<"$known" || fault "$text has $option, which $program --help does not know"
        done <<<"$named"
    done
done

# The guide tells of some options, and of none that is not there.
known=$({ "${programs[0]}" --help && "${programs[1]}" --help; } | options_of)
for guide in "$3"/docs/guide/*/index.html; do
    while read -r option; do
        grep -qxF -- "$option" <<<"$known" || fault "$guide has $option, which neither --help knows"
    done < <(sed '/<style/,/<\/style/d; s/aws [a-z][a-z ]* --[^<]*//g' "$guide" | options_of)
done

commands=$("${programs[1]}" --help | sed -nE 's/^  casement-cli ([a-z][a-z-]*).*/\1/p' | sort -u)
[ "$(wc -l <<<"$commands")" -ge 10 ] || fault "casement-cli --help lists few commands"
for text in man/casement-cli.1 man/ja/casement-cli.1 completion/casement-cli.bash completion/_casement-cli completion/casement-cli.fish; do
    while read -r command; do
        grep -qw -- "$command" "$packaging/$text" || fault "$text lacks the command $command"
    done <<<"$commands"
done

# Commands of commands, as "accounts key", stand behind theirs in the help.
subcommands=$("${programs[1]}" --help | sed -nE 's/^  casement-cli ((accounts|advisor) [a-z][a-z-]*).*/\1/p' | sort -u)
[ "$(wc -l <<<"$subcommands")" -ge 10 ] || fault "casement-cli --help lists few commands of accounts and advisor"
for text in man/casement-cli.1 man/ja/casement-cli.1; do
    page=$(sed 's/\\-/-/g; s/\\f[A-Z]//g; s/^\.[A-Z]* //; s/"//g' "$packaging/$text")
    while read -r command; do
        grep -qF -- "$command" <<<"$page" || fault "$text lacks $command"
    done <<<"$subcommands"
done
for text in completion/casement-cli.bash completion/_casement-cli completion/casement-cli.fish; do
    while read -r command; do
        grep -qw -- "${command#* }" "$packaging/$text" || fault "$text lacks $command"
    done <<<"$subcommands"
done

# Every variable of AWS that the program reads is in the pages.
variables=$(grep -rhoE '"AWS_[A-Z_]*[A-Z]"' "$3/src" | tr -d '"' | sort -u)
[ "$(wc -l <<<"$variables")" -ge 15 ] || fault "the sources read few variables"
for text in man/casement.1 man/ja/casement.1 man/casement-cli.1 man/ja/casement-cli.1; do
    while read -r variable; do
        grep -qw -- "$variable" "$packaging/$text" || fault "$text lacks $variable"
    done <<<"$variables"
done

# What bash offers. The two functions are what bash-completion brings, as far as it is needed here.
_init_completion() {
    cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
    words=("${COMP_WORDS[@]}") cword=$COMP_CWORD
}
_filedir() { COMPREPLY=($(compgen -f -- "$cur")); }
__ltrim_colon_completions() { :; }
casement-cli() { "${programs[1]}" "$@"; }
. "$packaging/completion/casement.bash"
. "$packaging/completion/casement-cli.bash"

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home XDG_CONFIG_HOME=$home/.config
unset AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE
mkdir -p "$home/.aws"
printf '[default]\naws_secret_access_key = x\n[profile audit]\n[sso-session main]\n[profile "two words"]\n' >"$home/.aws/config"
printf '[build]\naws_access_key_id = y\n' >"$home/.aws/credentials"

# offers FUNCTION EXPECTED WORD...: the completion of the last word.
offers() {
    local function=$1 expected=$2
    shift 2
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
    "$function" || true
    [ "${COMPREPLY[*]}" = "$expected" ] || fault "'$*' is completed to '${COMPREPLY[*]}', not to '$expected'"
}
offers _casement "--theme" casement --t
offers _casement "dark" casement --theme d
offers _casement "audit build default" casement --profile ""
offers _casement "--log-level --log-file" casement --demo --log
offers _casement_cli "reply resolve" casement-cli re
offers _casement_cli "DescribeCases DescribeCommunications DescribeCreateCaseOptions" casement-cli call DescribeC
offers _casement_cli "refresh" casement-cli advisor r
offers _casement_cli "--all-checks" casement-cli advisor refresh --all-c
offers _casement_cli "csv csv-long" casement-cli advisor export --format c
offers _casement_cli "zip" casement-cli export-case 1 --format z
offers _casement_cli "--dry-run" casement-cli --profile audit resolve 1 --d
offers _casement_cli "--keep-data" casement-cli accounts remove Work --k
offers _casement_cli "--organization" casement-cli accounts import --o

if command -v zsh >/dev/null; then
    for program in casement casement-cli; do
        zsh -n "$packaging/completion/_$program" || fault "zsh can't read _$program"
    done
fi
if command -v fish >/dev/null; then
    for program in casement casement-cli; do
        fish --no-execute "$packaging/completion/$program.fish" || fault "fish can't read $program.fish"
    done
fi
if command -v mandoc >/dev/null; then
    for page in "$packaging"/man/*.1 "$packaging"/man/ja/*.1; do
        # It knows no classes of characters, which the pages define for troff alone.
        told=$(mandoc -Tlint -W warning "$page" | grep -vF "invalid escape sequence: \\C'[Japanese]'" || :)
        [ -z "$told" ] || fault "$page is not well-formed: $told"
    done
fi
if command -v groff >/dev/null; then
    for page in "$packaging"/man/*.1 "$packaging"/man/ja/*.1; do
        for width in 60 80 100; do
            for rules in man ja; do
                told=$(preconv -e utf8 "$page" | timeout 20 groff -ww -b -man "-m$rules" -Tutf8 "-rLL=${width}n" 2>&1 >/dev/null) \
                    || fault "$page has no end at a width of $width"
                [ -z "$told" ] || fault "$page at a width of $width: ${told%%$'\n'*}"
            done
        done
    done
fi

[ "$faults" -eq 0 ]
