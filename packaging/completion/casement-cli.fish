# fish completion for casement-cli(1)

# The names of profiles; nothing else is read out of these files.
function __casement_cli_profiles
    set -l config $HOME/.aws/config $HOME/.aws/credentials
    set -q AWS_CONFIG_FILE; and set config[1] $AWS_CONFIG_FILE
    set -q AWS_SHARED_CREDENTIALS_FILE; and set config[2] $AWS_SHARED_CREDENTIALS_FILE
    sed -nE 's/^\[(profile +)?"?([^]" ]+)"?\].*/\2/p' $config 2>/dev/null | sort -u
end

function __casement_cli_accounts
    set -l folder $HOME/.config
    set -q XDG_CONFIG_HOME; and set folder $XDG_CONFIG_HOME
    sed -nE 's/^ *"name": "([^"\\]+)",?$/\1/p' $folder/casement/accounts.json 2>/dev/null
end

function __casement_cli_operations
    casement-cli --help 2>/dev/null | sed -n '/^Operations:/,$ s/^  //p'
end

# The words so far without options and what belongs to them: the command, and what follows it.
function __casement_cli_words
    set -l isValue 0
    for word in (commandline -opc)[2..-1]
        if test $isValue = 1
            set isValue 0
            continue
        end
        switch $word
            case --account --profile --endpoint-url --region --archive --portable --input --body --attach --format \
                --language --category --status --changed-since --name --color --csv --base --role --external-id \
                -o --output
                set isValue 1
            case '-*'
            case '*'
                echo $word
        end
    end
end

function __casement_cli_is_first
    test (count (__casement_cli_words)) -eq 0
end

# Whether the command is one of these.
function __casement_cli_in
    set -l words (__casement_cli_words)
    contains -- "$words[1]" $argv
end

# Whether the command is the first of these, and its own command one of the others.
function __casement_cli_of
    set -l words (__casement_cli_words)
    test "$words[1]" = $argv[1]; and contains -- "$words[2]" $argv[2..-1]
end

# Whether the command is this one, and its own command is still to come.
function __casement_cli_opens
    set -l words (__casement_cli_words)
    test (count $words) -eq 1; and test "$words[1]" = $argv[1]
end

complete -c casement-cli -f

complete -c casement-cli -n __casement_cli_is_first -a call -d 'Call one operation of the AWS Support API'
complete -c casement-cli -n __casement_cli_is_first -a sync -d 'Bring cases and messages into the archive'
complete -c casement-cli -n __casement_cli_is_first -a cases -d 'List cases of the archive'
complete -c casement-cli -n __casement_cli_is_first -a case -d 'Print a case and its conversation'
complete -c casement-cli -n __casement_cli_is_first -a search -d 'Find messages, subjects, names, notes and tags'
complete -c casement-cli -n __casement_cli_is_first -a create -d 'Open a case'
complete -c casement-cli -n __casement_cli_is_first -a reply -d 'Add a message to a case'
complete -c casement-cli -n __casement_cli_is_first -a resolve -d 'Close a case'
complete -c casement-cli -n __casement_cli_is_first -a export-case -d 'Write cases as one document'
complete -c casement-cli -n __casement_cli_is_first -a attachments -d 'List the files of a case'
complete -c casement-cli -n __casement_cli_is_first -a download -d 'Save the files of a case'
complete -c casement-cli -n __casement_cli_is_first -a advisor -d 'Trusted Advisor'
complete -c casement-cli -n __casement_cli_is_first -a accounts -d 'The list of accounts'

complete -c casement-cli -x -l portable -a '(__fish_complete_directories)' -d 'Folder of archive and accounts'
complete -c casement-cli -l verbose -d 'Log requests to standard error'
complete -c casement-cli -s h -l help -d 'Say commands and options'
complete -c casement-cli -s v -l version -d 'Say the version'
complete -c casement-cli -n 'not __casement_cli_in accounts' -x -l account -a '(__casement_cli_accounts)' -d 'Account of the list'
complete -c casement-cli -n 'not __casement_cli_in accounts; or __casement_cli_of accounts add trust' -x -l profile -a '(__casement_cli_profiles)' -d 'Profile of ~/.aws'
complete -c casement-cli -n 'not __casement_cli_in accounts; or __casement_cli_of accounts add trust' -x -l endpoint-url -d 'Another service than AWS'
complete -c casement-cli -n 'not __casement_cli_in accounts; or __casement_cli_of accounts add trust' -x -l region -d 'Decides the partition'
complete -c casement-cli -n 'not __casement_cli_in accounts; or __casement_cli_of accounts list trust remove' -r -F -l archive -d 'Another archive'

complete -c casement-cli -n '__casement_cli_opens call' -a '(__casement_cli_operations)'
complete -c casement-cli -n '__casement_cli_in call create reply resolve' -r -F -l input -d 'JSON, @FILE or -'
complete -c casement-cli -n '__casement_cli_in call create reply resolve' -l yes -d 'Send without a question'
complete -c casement-cli -n '__casement_cli_in reply' -r -F -l body -d 'TEXT, @FILE or -'
complete -c casement-cli -n '__casement_cli_in create reply' -r -F -l attach -d 'Take files along'
complete -c casement-cli -n '__casement_cli_in create reply resolve; or __casement_cli_of accounts import' -l dry-run -d 'Only ask what would become of it'
complete -c casement-cli -n '__casement_cli_in create reply resolve' -l again -d 'Send once more what is not found'
complete -c casement-cli -n '__casement_cli_in sync cases; or __casement_cli_of advisor list show refresh export' -l all -d 'Resolved cases, or every account, too'
complete -c casement-cli -n '__casement_cli_in sync' -l all-accounts -d 'Every account of the list'
complete -c casement-cli -n '__casement_cli_in cases attachments; or __casement_cli_of accounts list' -x -l format -a 'table json csv' -d 'Form'
complete -c casement-cli -n '__casement_cli_in export-case' -x -l format -a 'markdown html json zip' -d 'Form'
complete -c casement-cli -n '__casement_cli_of advisor list' -x -l format -a 'table csv json' -d 'Form'
complete -c casement-cli -n '__casement_cli_of advisor show' -x -l format -a 'table csv csv-long xlsx json' -d 'Form'
complete -c casement-cli -n '__casement_cli_of advisor export' -x -l format -a 'csv csv-long xlsx json' -d 'Form'
complete -c casement-cli -n '__casement_cli_in export-case download; or __casement_cli_of advisor show export' -r -F -s o -l output -d 'Where it is written'

complete -c casement-cli -n '__casement_cli_opens advisor' -a 'list show refresh export'
complete -c casement-cli -n '__casement_cli_of advisor list export' -x -l category -a 'cost_optimizing security fault_tolerance performance service_limits operational_excellence' -d 'Checks of this category'
complete -c casement-cli -n '__casement_cli_of advisor list export' -x -l status -a 'ok warning error not_available' -d 'Checks with this state'
complete -c casement-cli -n '__casement_cli_of advisor list export' -x -l changed-since -d 'Checks that ran since'
complete -c casement-cli -n '__casement_cli_of advisor list show refresh export' -x -l language -a 'en ja' -d 'Language of names and values'
complete -c casement-cli -n '__casement_cli_of advisor list show export' -l bom -d 'CSV with a byte order mark'
complete -c casement-cli -n '__casement_cli_of advisor list show export' -l raw -d 'Cells as they are'
complete -c casement-cli -n '__casement_cli_of advisor show export' -l reload -d 'Fetch results again'
complete -c casement-cli -n '__casement_cli_of advisor export' -l keep-going -d 'Leave out what cannot be had'
complete -c casement-cli -n '__casement_cli_of advisor refresh' -l all-checks -d 'All checks'
complete -c casement-cli -n '__casement_cli_of advisor refresh' -l wait -d 'Until they are done'

complete -c casement-cli -n '__casement_cli_opens accounts' -a 'list add import test key trust remove'
complete -c casement-cli -n '__casement_cli_of accounts test key trust remove' -a '(__casement_cli_accounts)'
complete -c casement-cli -n '__casement_cli_of accounts list' -l unlisted -d 'What only the archive knows'
complete -c casement-cli -n '__casement_cli_of accounts add test key trust remove' -x -l name -d 'What it is called'
complete -c casement-cli -n '__casement_cli_of accounts add key' -l access-key-stdin -d 'Keys on standard input'
complete -c casement-cli -n '__casement_cli_of accounts add' -x -l color -a 'blue orange green purple teal red olive indigo brown gray' -d 'Its color'
complete -c casement-cli -n '__casement_cli_of accounts add' -l ask-before-sending -d 'Ask before anything is sent from it'
complete -c casement-cli -n '__casement_cli_of accounts import' -l profiles -d 'Every profile of ~/.aws'
complete -c casement-cli -n '__casement_cli_of accounts import' -r -F -l csv -d 'Accounts of a file'
complete -c casement-cli -n '__casement_cli_of accounts import' -l organization -d 'Accounts of the organization'
complete -c casement-cli -n '__casement_cli_of accounts import' -x -l base -a '(__casement_cli_accounts)' -d 'Account with whose keys roles are assumed'
complete -c casement-cli -n '__casement_cli_of accounts import' -x -l role -d 'Role in each of them'
complete -c casement-cli -n '__casement_cli_of accounts import' -x -l external-id -d 'That the roles ask for'
complete -c casement-cli -n '__casement_cli_of accounts remove' -l keep-data -d 'Leave its data in the archive'
complete -c casement-cli -n '__casement_cli_of accounts remove' -l delete-data -d 'Delete its data'
