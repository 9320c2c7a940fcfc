# bash completion for casement-cli(1)

_casement_cli()
{
    local cur prev words cword
    _init_completion -s || return

    local command= action= i
    for ((i = 1; i < cword; ++i)); do
        case ${words[i]} in
            --account | --profile | --endpoint-url | --region | --archive | --portable) ((++i)) ;;
            -*) ;;
            *)
                command=${words[i]}
                action=${words[i + 1]-}
                ((i + 1 < cword)) || action=
                break
                ;;
        esac
    done

    case $prev in
        --profile)
            COMPREPLY=($(compgen -W "$(_casement_cli_profiles)" -- "$cur"))
            return
            ;;
        --account | --base)
            COMPREPLY=($(compgen -W "$(_casement_cli_accounts)" -- "$cur"))
            return
            ;;
        --format)
            COMPREPLY=($(compgen -W "$(_casement_cli_formats "$command" "$action")" -- "$cur"))
            return
            ;;
        --language)
            COMPREPLY=($(compgen -W "en ja" -- "$cur"))
            return
            ;;
        --status)
            COMPREPLY=($(compgen -W "ok warning error not_available" -- "$cur"))
            return
            ;;
        --category)
            COMPREPLY=($(compgen -W "cost_optimizing security fault_tolerance performance service_limits
                operational_excellence" -- "$cur"))
            return
            ;;
        --color)
            COMPREPLY=($(compgen -W "blue orange green purple teal red olive indigo brown gray" -- "$cur"))
            return
            ;;
        --portable)
            _filedir -d
            return
            ;;
        --input | --body)
            if [[ $cur == @* ]]; then
                cur=${cur#@}
                _filedir
                COMPREPLY=("${COMPREPLY[@]/#/@}")
            fi
            return
            ;;
        --attach | --archive | --csv | -o | --output)
            _filedir
            return
            ;;
        --endpoint-url | --region | --name | --role | --external-id | --changed-since)
            return
            ;;
    esac

    local everywhere="--portable --verbose --help --version"
    local options=
    [[ $command == accounts ]] || everywhere="--account --profile --endpoint-url --region --archive $everywhere"
    case $command in
        "")
            if [[ $cur == -* ]]; then
                options=
            else
                COMPREPLY=($(compgen -W "call sync cases case search create reply resolve export-case attachments
                    download advisor accounts" -- "$cur"))
                return
            fi
            ;;
        call)
            if [[ $cur != -* && $prev == call ]]; then
                COMPREPLY=($(compgen -W "$(_casement_cli_operations)" -- "$cur"))
                return
            fi
            options="--input --yes"
            ;;
        sync) options="--all --all-accounts" ;;
        cases) options="--all --format" ;;
        create) options="--input --attach --dry-run --yes --again" ;;
        reply) options="--body --input --attach --dry-run --yes --again" ;;
        resolve) options="--input --dry-run --yes --again" ;;
        export-case) options="--format -o --output" ;;
        attachments) options="--format" ;;
        download) options="-o --output" ;;
        advisor)
            if [[ -z $action && $cur != -* ]]; then
                COMPREPLY=($(compgen -W "list show refresh export" -- "$cur"))
                return
            fi
            case $action in
                list) options="--category --status --changed-since --format --language --all --bom --raw" ;;
                show) options="--format -o --output --language --all --bom --raw --reload" ;;
                refresh) options="--all-checks --wait --language --all" ;;
                export) options="--category --status --changed-since --format -o --output --language --all --bom --raw --reload --keep-going" ;;
            esac
            ;;
        accounts)
            if [[ -z $action && $cur != -* ]]; then
                COMPREPLY=($(compgen -W "list add import test key trust remove" -- "$cur"))
                return
            fi
            case $action in
                list) options="--unlisted --format --archive" ;;
                add) options="--name --access-key-stdin --profile --region --endpoint-url --color --ask-before-sending" ;;
                import) options="--profiles --csv --organization --base --role --external-id --dry-run" ;;
                test | key | trust | remove)
                    if [[ $cur != -* ]]; then
                        COMPREPLY=($(compgen -W "$(_casement_cli_accounts)" -- "$cur"))
                        return
                    fi
                    options="--name"
                    [[ $action == remove ]] && options+=" --keep-data --delete-data --archive"
                    [[ $action == trust ]] && options+=" --profile --region --endpoint-url --archive"
                    [[ $action == key ]] && options+=" --access-key-stdin"
                    ;;
            esac
            ;;
    esac
    [[ $cur == -* ]] && COMPREPLY=($(compgen -W "$options $everywhere" -- "$cur"))
}

_casement_cli_formats()
{
    case $1:$2 in
        export-case:*) echo markdown html json zip ;;
        advisor:export) echo csv csv-long xlsx json ;;
        advisor:show) echo table csv csv-long xlsx json ;;
        *) echo table json csv ;;
    esac
}

_casement_cli_operations() { casement-cli --help 2>/dev/null | sed -n '/^Operations:/,$ s/^  //p'; }

_casement_cli_accounts()
{
    sed -nE 's/^ *"name": "([^"\\ ]+)",?$/\1/p' "${XDG_CONFIG_HOME:-$HOME/.config}/casement/accounts.json" 2>/dev/null
}

# The names of profiles; nothing else is read out of these files.
_casement_cli_profiles()
{
    sed -nE 's/^\[(profile +)?"?([^]" ]+)"?\].*/\2/p' "${AWS_CONFIG_FILE:-$HOME/.aws/config}" \
        "${AWS_SHARED_CREDENTIALS_FILE:-$HOME/.aws/credentials}" 2>/dev/null | sort -u
}

complete -F _casement_cli casement-cli
