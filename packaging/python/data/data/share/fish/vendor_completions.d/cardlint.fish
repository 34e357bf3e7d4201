# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_cardlint_global_optspecs
    string join \n h/help V/version
end

function __fish_cardlint_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_cardlint_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_cardlint_using_subcommand
    set -l cmd (__fish_cardlint_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c cardlint -n "__fish_cardlint_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cardlint -n "__fish_cardlint_needs_command" -s V -l version -d 'Print version'
complete -c cardlint -n "__fish_cardlint_needs_command" -f -a "check" -d 'Check files, directories, globs or standard input'
complete -c cardlint -n "__fish_cardlint_needs_command" -f -a "fix" -d 'Fix what is found in files, directories, globs or standard input'
complete -c cardlint -n "__fish_cardlint_needs_command" -f -a "migrate" -d 'Write cards anew, for another release or for Microsoft Graph'
complete -c cardlint -n "__fish_cardlint_needs_command" -f -a "explain" -d 'Tell why a rule exists, with examples and the source it rests on'
complete -c cardlint -n "__fish_cardlint_needs_command" -f -a "rules" -d 'List the rules with group, severity, default and versions'
complete -c cardlint -n "__fish_cardlint_needs_command" -f -a "schema" -d 'Print a bundled JSON Schema, or list them'
complete -c cardlint -n "__fish_cardlint_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c cardlint -n "__fish_cardlint_needs_command" -f -a "man" -d 'Print the manual page'
complete -c cardlint -n "__fish_cardlint_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -s f -l format -d 'How to print what is found [default: human on a terminal, else concise]' -r -f -a "human\t''
concise\t''
json\t''
jsonl\t''
sarif\t''
github\t''
gitlab\t''
junit\t''
checkstyle\t''
rdjson\t''
lsp\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l report -d 'Also write a report in format F to a file; may be given several times' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l max-diagnostics -d 'Print at most N findings; all are counted' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l fail-on -d 'The lowest severity that makes the exit status 1 [default: error]' -r -f -a "error\t''
warning\t''
note\t''
never\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -s s -l select -d 'Switch on rules or groups, or `all`' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -s i -l ignore -d 'Switch off rules or groups, or `all`' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -s k -l kind -d 'Say what kind of document it is instead of detecting it' -r -f -a "a2a-card\t''
graph-agent-instance\t''
graph-agent-card-manifest\t''
graph-agent-registration\t''
graph-agent-collection\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l a2a-version -d 'Say for which release of A2A the cards are written' -r -f -a "0.1.0\t''
0.2.0\t''
0.2.1\t''
0.2.2\t''
0.2.3\t''
0.2.4\t''
0.2.5\t''
0.2.6\t''
0.3.0\t''
1.0\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -s m -l mode -d 'Say what the Graph bodies are for: POST, PATCH or an answer' -r -f -a "create\t''
update\t''
response\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l at -d 'Check the value at this JSON Pointer, in each text' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l stdin-filename -d 'The path by which reports call standard input' -r -F
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l exclude -d 'Pass over what matches, as a line of .gitignore would' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l config -d 'The configuration of all files, instead of the nearest cardlint.toml upwards of each' -r -F
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l config-from -d 'Read the configuration and the baseline as they are at this git revision' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l baseline -d 'Report only what is not in this baseline' -r -F
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l write-baseline -d 'Accept all that is found today: write it to this baseline' -r -F
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l show-settings -d 'Print the settings that hold for PATH and where each was written, and check nothing' -r -F
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l max-size -d 'The longest file that is read, or line of JSON Lines' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l max-depth -d 'How deep objects and lists may nest, at most 512' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l max-findings -d 'How many findings of a file are kept, or of a line of JSON Lines' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -s j -l jobs -d 'How many threads to use [default: one for each core]' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -s q -l quiet -d 'Print findings only, no summary'
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l statistics -d 'Count the findings of each rule at the end'
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l jsonl -d 'Read every text as JSON Lines: one document a line'
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l skip-unrecognized -d 'Pass over named files that are no agent card and no Graph object'
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l allow-empty -d 'Exit with 0 also if nothing was checked'
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l no-ignore -d 'Do not honour .gitignore and .ignore'
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l hidden -d 'Enter hidden folders and look at hidden files; .well-known is always entered'
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l no-config -d 'Read no cardlint.toml'
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l fix -d 'Also make the fixes of what is found, as `cardlint fix` does'
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l unsafe-fixes -d 'Also make fixes that a person should look at'
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l allow-signed -d 'Also make fixes that break a signature'
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -l diff -d 'Print a unified diff of what would be fixed, and write nothing'
complete -c cardlint -n "__fish_cardlint_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -s f -l format -d 'How to print what is found [default: human on a terminal, else concise]' -r -f -a "human\t''
concise\t''
json\t''
jsonl\t''
sarif\t''
github\t''
gitlab\t''
junit\t''
checkstyle\t''
rdjson\t''
lsp\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l report -d 'Also write a report in format F to a file; may be given several times' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l max-diagnostics -d 'Print at most N findings; all are counted' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l fail-on -d 'The lowest severity that makes the exit status 1 [default: error]' -r -f -a "error\t''
warning\t''
note\t''
never\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -s s -l select -d 'Switch on rules or groups, or `all`' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -s i -l ignore -d 'Switch off rules or groups, or `all`' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -s k -l kind -d 'Say what kind of document it is instead of detecting it' -r -f -a "a2a-card\t''
graph-agent-instance\t''
graph-agent-card-manifest\t''
graph-agent-registration\t''
graph-agent-collection\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l a2a-version -d 'Say for which release of A2A the cards are written' -r -f -a "0.1.0\t''
0.2.0\t''
0.2.1\t''
0.2.2\t''
0.2.3\t''
0.2.4\t''
0.2.5\t''
0.2.6\t''
0.3.0\t''
1.0\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -s m -l mode -d 'Say what the Graph bodies are for: POST, PATCH or an answer' -r -f -a "create\t''
update\t''
response\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l at -d 'Check the value at this JSON Pointer, in each text' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l stdin-filename -d 'The path by which reports call standard input' -r -F
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l exclude -d 'Pass over what matches, as a line of .gitignore would' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l config -d 'The configuration of all files, instead of the nearest cardlint.toml upwards of each' -r -F
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l config-from -d 'Read the configuration and the baseline as they are at this git revision' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l baseline -d 'Report only what is not in this baseline' -r -F
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l write-baseline -d 'Accept all that is found today: write it to this baseline' -r -F
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l show-settings -d 'Print the settings that hold for PATH and where each was written, and check nothing' -r -F
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l max-size -d 'The longest file that is read, or line of JSON Lines' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l max-depth -d 'How deep objects and lists may nest, at most 512' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l max-findings -d 'How many findings of a file are kept, or of a line of JSON Lines' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -s j -l jobs -d 'How many threads to use [default: one for each core]' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -s q -l quiet -d 'Print findings only, no summary'
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l statistics -d 'Count the findings of each rule at the end'
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l jsonl -d 'Read every text as JSON Lines: one document a line'
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l skip-unrecognized -d 'Pass over named files that are no agent card and no Graph object'
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l allow-empty -d 'Exit with 0 also if nothing was checked'
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l no-ignore -d 'Do not honour .gitignore and .ignore'
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l hidden -d 'Enter hidden folders and look at hidden files; .well-known is always entered'
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l no-config -d 'Read no cardlint.toml'
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l unsafe-fixes -d 'Also make fixes that a person should look at'
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l allow-signed -d 'Also make fixes that break a signature'
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -l diff -d 'Print a unified diff of what would be fixed, and write nothing'
complete -c cardlint -n "__fish_cardlint_using_subcommand fix" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l to -d 'What the cards become' -r -f -a "1.0\t''
dual\t''
0.3.0\t''
0.2.6\t''
0.2.5\t''
0.2.4\t''
0.2.3\t''
0.2.2\t''
0.2.1\t''
0.2.0\t''
graph-registration\t''
graph-instance\t''
card\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -s f -l format -d 'How to print what there is to say [default: human on a terminal, else concise]' -r -f -a "human\t''
concise\t''
json\t''
jsonl\t''
sarif\t''
github\t''
gitlab\t''
junit\t''
checkstyle\t''
rdjson\t''
lsp\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l server-speaks -d 'The protocol versions that the endpoints speak' -r -f -a "0.3\t''
1.0\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l flows -d 'What becomes of a security scheme with several OAuth flows, of which 1.0 takes one' -r -f -a "split\t''
first\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l rest-url -d 'How the URL of an HTTP+JSON endpoint changes when its version does' -r -f -a "same\t''
v1\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l scheme -d 'A security scheme, in the form of 0.3, for a name in the `authentication` of 0.1; may be given several times' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l default-mode -d 'A media type for default modes that are missing or empty; may be given several times' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l owner -d 'The id of an owner; may be given several times' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l managed-by -d 'The id of the application that manages the agent' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l created-by -d 'The id of who created the agent' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l created -d 'When the agent was created, such as 2026-02-15T10:00:00Z' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l modified -d 'When the agent was last changed' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l source-agent-id -d 'The id of the agent where it runs' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l originating-store -d 'The platform where it runs' -r
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l a2a-version -d 'Say for which release of A2A the cards are written' -r -f -a "0.1.0\t''
0.2.0\t''
0.2.1\t''
0.2.2\t''
0.2.3\t''
0.2.4\t''
0.2.5\t''
0.2.6\t''
0.3.0\t''
1.0\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l stdin-filename -d 'The path by which findings call standard input' -r -F
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -s w -l write -d 'Replace the files'
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l diff -d 'Print what would change as a patch, and write nothing'
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l partial -d 'Write what can be written where something is still needed'
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -s q -l quiet -d 'Print findings only'
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l fill-empty -d 'Put empty descriptions, tags and provider URLs where they are missing'
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -l jsonl -d 'Read every text as JSON Lines: one document a line'
complete -c cardlint -n "__fish_cardlint_using_subcommand migrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cardlint -n "__fish_cardlint_using_subcommand explain" -s f -l format -d 'How to print it' -r -f -a "human\t''
json\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand explain" -s h -l help -d 'Print help'
complete -c cardlint -n "__fish_cardlint_using_subcommand rules" -s f -l format -d 'How to print the list' -r -f -a "human\t''
json\t''"
complete -c cardlint -n "__fish_cardlint_using_subcommand rules" -s h -l help -d 'Print help'
complete -c cardlint -n "__fish_cardlint_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cardlint -n "__fish_cardlint_using_subcommand completions" -s h -l help -d 'Print help'
complete -c cardlint -n "__fish_cardlint_using_subcommand man" -s h -l help -d 'Print help'
complete -c cardlint -n "__fish_cardlint_using_subcommand help; and not __fish_seen_subcommand_from check fix migrate explain rules schema completions man help" -f -a "check" -d 'Check files, directories, globs or standard input'
complete -c cardlint -n "__fish_cardlint_using_subcommand help; and not __fish_seen_subcommand_from check fix migrate explain rules schema completions man help" -f -a "fix" -d 'Fix what is found in files, directories, globs or standard input'
complete -c cardlint -n "__fish_cardlint_using_subcommand help; and not __fish_seen_subcommand_from check fix migrate explain rules schema completions man help" -f -a "migrate" -d 'Write cards anew, for another release or for Microsoft Graph'
complete -c cardlint -n "__fish_cardlint_using_subcommand help; and not __fish_seen_subcommand_from check fix migrate explain rules schema completions man help" -f -a "explain" -d 'Tell why a rule exists, with examples and the source it rests on'
complete -c cardlint -n "__fish_cardlint_using_subcommand help; and not __fish_seen_subcommand_from check fix migrate explain rules schema completions man help" -f -a "rules" -d 'List the rules with group, severity, default and versions'
complete -c cardlint -n "__fish_cardlint_using_subcommand help; and not __fish_seen_subcommand_from check fix migrate explain rules schema completions man help" -f -a "schema" -d 'Print a bundled JSON Schema, or list them'
complete -c cardlint -n "__fish_cardlint_using_subcommand help; and not __fish_seen_subcommand_from check fix migrate explain rules schema completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c cardlint -n "__fish_cardlint_using_subcommand help; and not __fish_seen_subcommand_from check fix migrate explain rules schema completions man help" -f -a "man" -d 'Print the manual page'
complete -c cardlint -n "__fish_cardlint_using_subcommand help; and not __fish_seen_subcommand_from check fix migrate explain rules schema completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
