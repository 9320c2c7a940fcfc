# bash completion for casement(1)

_casement()
{
    local cur prev words cword
    _init_completion -s || return

    case $prev in
        --profile)
            COMPREPLY=($(compgen -W "$(_casement_profiles)" -- "$cur"))
            return
            ;;
        --language)
            COMPREPLY=($(compgen -W "en ja" -- "$cur"))
            return
            ;;
        --theme)
            COMPREPLY=($(compgen -W "light dark system" -- "$cur"))
            return
            ;;
        --log-level)
            COMPREPLY=($(compgen -W "debug info warning error off" -- "$cur"))
            return
            ;;
        --portable)
            _filedir -d
            return
            ;;
        --archive | --log-file | --screenshot)
            _filedir
            return
            ;;
        --region)
            COMPREPLY=($(compgen -W "us-east-1 us-gov-west-1 cn-north-1" -- "$cur"))
            return
            ;;
        --endpoint-url)
            COMPREPLY=($(compgen -W "http:// https://" -- "$cur"))
            __ltrim_colon_completions "$cur"
            return
            ;;
    esac
    [[ $cur == -* ]] && COMPREPLY=($(compgen -W "--demo --profile --region --endpoint-url --language --theme --portable
        --archive --log-level --log-file --new-case --refresh --screenshot --quit-after-first-paint --version --help" -- "$cur"))
}

# The names of profiles; nothing else is read out of these files.
_casement_profiles()
{
    sed -nE 's/^\[(profile +)?"?([^]" ]+)"?\].*/\2/p' "${AWS_CONFIG_FILE:-$HOME/.aws/config}" \
        "${AWS_SHARED_CREDENTIALS_FILE:-$HOME/.aws/credentials}" 2>/dev/null | sort -u
}

complete -F _casement casement
