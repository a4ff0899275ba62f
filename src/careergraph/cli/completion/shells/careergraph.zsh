#compdef careergraph
# Completion of careergraph for zsh 5 or later.

_careergraph() {
    local line typed=${(Q)PREFIX}
    local -a plain open either_case=(-M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}')
    [[ $PREFIX == --*=* ]] && compset -P '*='
    # What is offered comes as _describe wants it, with a description; "open" means that something has to follow.
    for line in "${(@f)$(_CAREERGRAPH_COMPLETE=zsh ${~words[1]} "${(@Q)words[2,CURRENT-1]}" "$typed" 2>/dev/null)}"; do
        case $line in
            file) _files ;;
            dir) _files -/ ;;
            open,*) open+=("${line#open,}") ;;
            plain,*) plain+=("${line#plain,}") ;;
        esac
    done
    (( $#plain )) && _describe -V careergraph plain $either_case
    (( $#open )) && _describe -V careergraph open $either_case -S ''
}

if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
    _careergraph "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
    compdef _careergraph careergraph
fi
