-- Takes the steps of $CARDLINT_STEPS in Neovim and writes to $CARDLINT_SEEN what it shows after each.

local seen, complaints, changes = {}, {}, 0

vim.notify = function(message, level)
  table.insert(complaints, (level == vim.log.levels.ERROR and "error: " or "") .. message)
end
vim.api.nvim_create_autocmd("DiagnosticChanged", {
  callback = function()
    changes = changes + 1
  end,
})

local function act(step)
  if step.command then
    vim.g.cardlint_command = { step.command }
  end
  if step.open then
    vim.cmd("edit " .. vim.fn.fnameescape(step.open))
  elseif step.text then
    vim.api.nvim_buf_set_lines(0, 0, -1, true, vim.split(step.text, "\n"))
    -- Nobody types here.
    vim.api.nvim_exec_autocmds("TextChanged", { buffer = 0 })
  end
end

local function shown(found)
  local lines = vim.api.nvim_buf_get_text(0, found.lnum, found.col, found.end_lnum, found.end_col, {})
  return {
    line = found.lnum + 1,
    column = found.col + 1,
    text = table.concat(lines, "\n"),
    severity = ({ "error", "warning", "note" })[found.severity],
    message = found.message,
    code = found.code,
    source = found.source,
  }
end

local function take(step)
  local before = changes
  complaints = {}
  act(step)
  local came = vim.wait(60000, function()
    return changes > before
  end, 10)
  local diagnostics = vim.tbl_map(shown, vim.diagnostic.get(0))
  return { came = came, shown = #diagnostics > 0 and diagnostics or vim.NIL, complaints = table.concat(complaints, "\n") }
end

local steps = vim.fn.json_decode(vim.fn.readfile(vim.env.CARDLINT_STEPS))
local worked, fault = pcall(function()
  for _, step in ipairs(steps) do
    table.insert(seen, take(step))
  end
end)
if not worked then
  table.insert(seen, { came = false, shown = vim.NIL, complaints = fault })
end
vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.CARDLINT_SEEN)
vim.cmd("qall!")
