# Completion of careergraph for bash 4.4 or later.

_careergraph() {
    local line
    COMPREPLY=()
    # What is offered comes quoted for the place where it goes; "open" means that something has to follow.
    while IFS= read -r line; do
        case $line in
            file | dir) compopt -o default ;;
            open,*) compopt -o nospace; COMPREPLY+=("${line#open,}") ;;
            plain,*) COMPREPLY+=("${line#plain,}") ;;
        esac
    done < <(_CAREERGRAPH_COMPLETE=bash "${1/#\~\//"$HOME/"}" "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
}

complete -o nosort -F _careergraph careergraph
