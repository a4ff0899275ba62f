# Completion of careergraph for fish 3 or later.

function __careergraph
    set -l words (commandline -opc)
    set -l typed (commandline -ct | string collect --allow-empty)
    set -l option (string match -r -- '^--[^=]+=' $typed)
    set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
    set -lx _CAREERGRAPH_COMPLETE fish
    # What is offered comes with a description after a tab.
    for line in ($program $words[2..-1] $typed 2>/dev/null)
        switch $line
            case file
                for path in (__fish_complete_path (string replace -- "$option" '' $typed))
                    echo -- "$option"$path
                end
            case dir
                for path in (__fish_complete_directories (string replace -- "$option" '' $typed))
                    echo -- "$option"$path
                end
            case '*'
                echo -- $line
        end
    end
end

complete --command careergraph --no-files --keep-order --arguments '(__careergraph)'
