" Takes the steps of $CARDLINT_STEPS in Vim and writes to $CARDLINT_SEEN what the list of errors holds after each.

function! s:Shown(item) abort
  return {
        \ 'path': a:item.bufnr > 0 ? bufname(a:item.bufnr) : '',
        \ 'line': a:item.lnum, 'column': a:item.col, 'valid': a:item.valid,
        \ 'severity': get({'e': 'error', 'w': 'warning', 'n': 'note'}, tolower(a:item.type), a:item.type),
        \ 'message': a:item.text}
endfunction

function! s:Take(step) abort
  if has_key(a:step, 'open')
    execute 'edit' fnameescape(a:step.open)
  endif
  if has_key(a:step, 'make')
    compiler cardlint
    execute 'silent make' a:step.make
    let list = getqflist()
  else
    silent write
    let list = getloclist(0)
  endif
  return {'shown': map(list, {_, item -> s:Shown(item)}), 'at': [expand('%:t'), line('.'), col('.')]}
endfunction

try
  let s:seen = map(json_decode(join(readfile($CARDLINT_STEPS), "\n")), {_, step -> s:Take(step)})
catch
  let s:seen = v:exception . ' in ' . v:throwpoint
endtry
call writefile([json_encode(s:seen)], $CARDLINT_SEEN)
qall!
