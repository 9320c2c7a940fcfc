# fish completion for casement(1)

# The names of profiles; nothing else is read out of these files.
function __casement_profiles
    set -l config $HOME/.aws/config $HOME/.aws/credentials
    set -q AWS_CONFIG_FILE; and set config[1] $AWS_CONFIG_FILE
    set -q AWS_SHARED_CREDENTIALS_FILE; and set config[2] $AWS_SHARED_CREDENTIALS_FILE
    sed -nE 's/^\[(profile +)?"?([^]" ]+)"?\].*/\2/p' $config 2>/dev/null | sort -u
end

complete -c casement -f
complete -c casement -l demo -d 'Run on a made-up company'
complete -c casement -x -l profile -a '(__casement_profiles)' -d 'Use this profile'
complete -c casement -x -l region -a 'us-east-1 us-gov-west-1 cn-north-1' -d 'Region of accounts that name none'
complete -c casement -x -l endpoint-url -d 'Ask the service at this address'
complete -c casement -x -l language -a 'en ja' -d 'Language of the window'
complete -c casement -x -l theme -a 'light dark system' -d 'Colors of the window'
complete -c casement -x -l portable -a '(__fish_complete_directories)' -d 'Folder of settings and archive'
complete -c casement -r -F -l archive -d 'Archive to use'
complete -c casement -x -l log-level -a 'debug info warning error off' -d 'What is logged'
complete -c casement -r -F -l log-file -d 'File to append the log to'
complete -c casement -l new-case -d 'Open the window of a new case'
complete -c casement -l refresh -d 'Ask for what is new in all accounts'
complete -c casement -r -F -l screenshot -d 'Save a picture, then end'
complete -c casement -l quit-after-first-paint -d 'End as soon as the window is on screen'
complete -c casement -s v -l version -d 'Say the version'
complete -c casement -s h -l help -d 'Say the options'
