" Vim compiler file
" Compiler: cardlint, a linter for A2A agent cards and Microsoft Graph agent registry objects
"
" `:compiler cardlint`, then `:make` checks everything below the working folder and `:make %:S` the current file.
" Needs the command `cardlint` on the PATH, and Vim 8.2 or later or Neovim.

if exists('current_compiler')
  finish
endif
let current_compiler = 'cardlint'

let s:cpo = &cpo
set cpo&vim

" The line after the place is: severity[rule]: message. What follows the severity is the text. A line that starts with
" `error: ` says that cardlint itself could not work.
CompilerSet makeprg=cardlint\ check\ --format\ concise\ --quiet\ --skip-unrecognized\ --allow-empty\ $*
CompilerSet errorformat=%f:%l:%c:\ %t%*[a-z]%m,%trror:\ %m

" cardlint counts columns in characters, Vim in bytes (`%c`) or in cells of the screen (`%v`). Vim jumps to the first
" entry after this event, so the places are right by then.
augroup cardlint_columns
  autocmd!
  autocmd QuickFixCmdPost make call s:CountBytes({what -> getqflist(what)}, {what -> setqflist([], 'r', what)})
  autocmd QuickFixCmdPost lmake call s:CountBytes({what -> getloclist(0, what)}, {what -> setloclist(0, [], 'r', what)})
augroup END

function! s:CountBytes(get, set) abort
  let list = a:get({'title': 0, 'items': 0})
  if list.title !~# '\<cardlint\> .*--format[ =]concise\>'
    return
  endif
  let files = {}
  for item in list.items
    if item.valid && item.bufnr > 0 && item.col > 0
      let item.col = s:Byte(item, files)
    endif
  endfor
  call a:set({'items': list.items})
endfunction

" The byte, from 1, at which the character with the number item.col starts.
function! s:Byte(item, files) abort
  let text = bufloaded(a:item.bufnr)
        \ ? get(getbufline(a:item.bufnr, a:item.lnum), 0, '')
        \ : get(s:Lines(a:item.bufnr, a:files), a:item.lnum - 1, '')
  " A byte order mark is a character of the file, but not of the buffer.
  let skipped = a:item.lnum == 1 && s:HasMark(a:item.bufnr, a:files) ? 2 : 1
  let byte = byteidxcomp(text, max([a:item.col - skipped, 0]))
  return byte < 0 ? strlen(text) + 1 : byte + 1
endfunction

function! s:HasMark(buffer, files) abort
  if bufloaded(a:buffer)
    return getbufvar(a:buffer, '&bomb')
  endif
  call s:Lines(a:buffer, a:files)
  return a:files[a:buffer].mark
endfunction

" The lines of a file that no buffer holds, without its byte order mark; each file is read once.
function! s:Lines(buffer, files) abort
  if !has_key(a:files, a:buffer)
    let path = fnamemodify(bufname(a:buffer), ':p')
    let lines = filereadable(path) ? readfile(path, 'b') : []
    let mark = get(lines, 0, '') =~# '^\%ufeff'
    if mark
      let lines[0] = substitute(lines[0], '^\%ufeff', '', '')
    endif
    let a:files[a:buffer] = {'lines': lines, 'mark': mark}
  endif
  return a:files[a:buffer].lines
endfunction

let &cpo = s:cpo
unlet s:cpo
