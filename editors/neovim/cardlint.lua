-- Shows what cardlint finds in agent cards and Microsoft Graph agent registry objects while they are edited.
--
-- Copy this file to ~/.config/nvim/plugin/cardlint.lua. Needs Neovim 0.7 or later and the command `cardlint` on the PATH.
--
-- vim.g.cardlint_command  the command and options to add, a list; default { "cardlint" }
-- vim.g.cardlint_delay    milliseconds without typing before the buffer is checked; default 200

local namespace = vim.api.nvim_create_namespace("cardlint")
local runs = {} -- of each buffer: the job that is at work, the number of the newest run, the last complaint

-- The bytes as a save would write them.
local function content(buffer)
  local options = vim.bo[buffer]
  local ends = ({ dos = "\r\n", mac = "\r" })[options.fileformat] or "\n"
  local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, true), ends)
  return (options.bomb and "\239\187\191" or "") .. text .. ((options.endofline or options.fixendofline) and ends or "")
end

-- The byte of `line` at which the UTF-16 unit `unit` stands, both counted from 0.
local function byte_of(line, unit)
  local units = 0
  for byte = 1, #line do
    local value = line:byte(byte)
    if value < 0x80 or value >= 0xC0 then -- the first byte of a character
      if units >= unit then
        return byte - 1
      end
      units = units + (value >= 0xF0 and 2 or 1)
    end
  end
  return #line
end

-- The place in the buffer, in lines and bytes, of a place in what was sent.
local function place(buffer, position)
  local unit = position.character
  if position.line == 0 and vim.bo[buffer].bomb then
    unit = unit - 1 -- the byte order mark is not in the buffer
  end
  local line = vim.api.nvim_buf_get_lines(buffer, position.line, position.line + 1, false)[1] or ""
  return position.line, byte_of(line, unit)
end

local function diagnostic(buffer, found)
  local line, column = place(buffer, found.range.start)
  local end_line, end_column = place(buffer, found.range["end"])
  return {
    lnum = line,
    col = column,
    end_lnum = end_line,
    end_col = end_column,
    severity = found.severity, -- the Language Server Protocol and vim.diagnostic count alike
    message = found.message,
    source = found.source,
    code = found.code,
    user_data = { lsp = found },
  }
end

local function slashes(path)
  return (path:gsub("\\", "/"))
end

-- What the report says about the file `name`; nothing where cardlint passed over it.
local function diagnostics(buffer, name, report)
  local list = {}
  for line in report:gmatch("[^\n]+") do
    local params = vim.fn.json_decode(line).params
    if slashes(vim.uri_to_fname(params.uri)) == slashes(name) then
      for _, found in ipairs(params.diagnostics) do
        table.insert(list, diagnostic(buffer, found))
      end
    end
  end
  return list
end

local function complain(run, message)
  if message ~= run.complaint then -- once, not with every key
    vim.notify("cardlint: " .. message, vim.log.levels.ERROR)
  end
  run.complaint = message
end

local function show(buffer, run, name, status, report, complaint)
  -- 0 and 1: checked. All else is trouble of the tool.
  if status == 0 or status == 1 then
    run.complaint = nil
    vim.diagnostic.set(namespace, buffer, diagnostics(buffer, name, report))
  else
    vim.diagnostic.reset(namespace, buffer)
    complain(run, complaint ~= "" and vim.trim(complaint) or ("it ended with status " .. status))
  end
end

local function check(buffer)
  if not vim.api.nvim_buf_is_loaded(buffer) or vim.bo[buffer].buftype ~= "" then
    return
  end
  local name = vim.api.nvim_buf_get_name(buffer)
  local run = runs[buffer] or { number = 0 }
  runs[buffer] = run
  run.number = run.number + 1
  if run.job then
    vim.fn.jobstop(run.job)
    run.job = nil
  end
  local command = vim.list_extend({}, vim.g.cardlint_command or { "cardlint" })
  vim.list_extend(command, { "check", "--format", "lsp", "--quiet", "--skip-unrecognized", "--allow-empty" })
  vim.list_extend(command, { "--stdin-filename", name, "-" })
  local number, output, complaint = run.number, {}, {}
  local started, job = pcall(vim.fn.jobstart, command, {
    stdout_buffered = true,
    stderr_buffered = true,
    on_stdout = function(_, data)
      output = data
    end,
    on_stderr = function(_, data)
      complaint = data
    end,
    on_exit = function(_, status)
      -- A run that a later one replaced says nothing.
      if runs[buffer] == run and number == run.number and vim.api.nvim_buf_is_loaded(buffer) then
        run.job = nil
        show(buffer, run, name, status, table.concat(output, "\n"), table.concat(complaint, "\n"))
      end
    end,
  })
  if not started or job <= 0 then
    vim.diagnostic.reset(namespace, buffer)
    complain(run, "cannot run `" .. command[1] .. "`")
    return
  end
  run.job = job
  -- One that ended before it read all of it says why when it exits.
  pcall(vim.fn.chansend, job, content(buffer))
  pcall(vim.fn.chanclose, job, "stdin")
end

-- Checks once nothing was typed for a while.
local function check_soon(buffer)
  local run = runs[buffer] or { number = 0 }
  runs[buffer] = run
  run.typed = (run.typed or 0) + 1
  local typed = run.typed
  vim.defer_fn(function()
    if run.typed == typed and runs[buffer] == run then
      check(buffer)
    end
  end, vim.g.cardlint_delay or 200)
end

local group = vim.api.nvim_create_augroup("cardlint", { clear = true })

local function on(events, act)
  vim.api.nvim_create_autocmd(events, {
    group = group,
    pattern = { "*.json", "*.jsonl", "*.ndjson" },
    callback = function(event)
      act(event.buf)
    end,
  })
end

on({ "BufReadPost", "BufNewFile", "BufWritePost" }, check)
on({ "TextChanged", "TextChangedI" }, check_soon)
on({ "BufUnload" }, function(buffer)
  runs[buffer] = nil
end)
