"""The gated cells over a whole sequence, with their gradients written out.

Autograd would add up a weight gradient step by step and copy every gate's share together; here the
steps' shares lie in one tensor, and one product makes the gradient of a weight. On a busy core an
LSTM's step of 50 images took 7.4 ms in place of 8.3. All tensors are [networks, steps, batch, ...];
what a step writes is a view into them.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

_sigmoid_backward = torch.ops.aten.sigmoid_backward.grad_input
_tanh_backward = torch.ops.aten.tanh_backward.grad_input


def _gradient(shares: Tensor, states: Tensor) -> Tensor:
    """Sum over steps and batch of share x state, as the gradient of a matrix [state, share]."""
    return torch.bmm(states.flatten(1, 2).mT, shares.flatten(1, 2))


def _history(drive: Tensor, size: int) -> Tensor:
    """Room for a state before the first step and after each one; it starts at zero."""
    networks, steps, batch, _ = drive.shape
    states = drive.new_empty(networks, steps + 1, batch, size)
    states[:, 0] = 0
    return states


def scan(function: type[torch.autograd.Function], *arguments: Any) -> Tensor:
    """Applies one of the classes below: h or y after every step."""
    outputs: Tensor = function.apply(*arguments)
    return outputs


class LstmScan(torch.autograd.Function):
    """Gates i, f, g, o of drive + h @ matrix; returns h after every step."""

    @staticmethod
    def forward(ctx: Any, drive: Tensor, matrix: Tensor) -> Tensor:
        size = matrix.shape[1]
        gates = torch.empty_like(drive)
        h, c = _history(drive, size), _history(drive, size)
        squashed = torch.empty_like(c)
        for t in range(drive.shape[1]):
            a = torch.bmm(h[:, t], matrix, out=gates[:, t]).add_(drive[:, t])
            i, f, g, o = a.chunk(4, 2)
            a[..., : 2 * size].sigmoid_()
            g.tanh_()
            o.sigmoid_()
            new = torch.mul(f, c[:, t], out=c[:, t + 1]).addcmul_(i, g)
            torch.mul(o, torch.tanh(new, out=squashed[:, t]), out=h[:, t + 1])
        ctx.save_for_backward(matrix, gates, h, c, squashed)
        return h[:, 1:]

    @staticmethod
    def backward(ctx: Any, wanted: Tensor) -> tuple[Tensor, Tensor]:
        matrix, gates, h, c, squashed = ctx.saved_tensors
        shares = torch.empty_like(gates)
        back = matrix.mT
        dh, dc = torch.zeros_like(h[:, 0]), torch.zeros_like(h[:, 0])
        for t in reversed(range(gates.shape[1])):
            i, f, g, o = gates[:, t].chunk(4, 2)
            di, df, dg, do = shares[:, t].chunk(4, 2)
            tanh_c = squashed[:, t]
            dh = dh + wanted[:, t]
            _sigmoid_backward(dh * tanh_c, o, grad_input=do)
            dc = dc + torch.ops.aten.tanh_backward(dh * o, tanh_c)
            _sigmoid_backward(dc * g, i, grad_input=di)
            _sigmoid_backward(dc * c[:, t], f, grad_input=df)
            _tanh_backward(dc * i, g, grad_input=dg)
            dc = dc * f
            dh = torch.bmm(shares[:, t], back)
        return shares, _gradient(shares, h[:, :-1])


class GruScan(torch.autograd.Function):
    """Gates r, z, n; the hidden bias [networks, 1, 3 size] is inside r, as in PyTorch."""

    @staticmethod
    def forward(ctx: Any, drive: Tensor, matrix: Tensor, bias: Tensor) -> Tensor:
        size = matrix.shape[1]
        gates, inner = torch.empty_like(drive), torch.empty_like(drive)
        h = _history(drive, size)
        for t in range(drive.shape[1]):
            a = torch.bmm(h[:, t], matrix, out=inner[:, t]).add_(bias)
            rz = gates[:, t, :, : 2 * size]
            torch.add(a[..., : 2 * size], drive[:, t, :, : 2 * size], out=rz).sigmoid_()
            r, z, n = gates[:, t].chunk(3, 2)
            torch.addcmul(drive[:, t, :, 2 * size :], r, a[..., 2 * size :], out=n).tanh_()
            torch.sub(h[:, t], n, out=h[:, t + 1]).mul_(z).add_(n)
        ctx.save_for_backward(matrix, gates, inner, h)
        return h[:, 1:]

    @staticmethod
    def backward(ctx: Any, wanted: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        matrix, gates, inner, h = ctx.saved_tensors
        size = matrix.shape[1]
        shares, hidden = torch.empty_like(gates), torch.empty_like(gates)
        back = matrix.mT
        dh = torch.zeros_like(h[:, 0])
        for t in reversed(range(gates.shape[1])):
            r, z, n = gates[:, t].chunk(3, 2)
            dr, dz, dn = shares[:, t].chunk(3, 2)
            dh = dh + wanted[:, t]
            _sigmoid_backward(dh * (h[:, t] - n), z, grad_input=dz)
            kept = dh * z
            _tanh_backward(dh - kept, n, grad_input=dn)
            _sigmoid_backward(dn * inner[:, t, :, 2 * size :], r, grad_input=dr)
            own = hidden[:, t]
            own[..., : 2 * size] = shares[:, t, :, : 2 * size]
            torch.mul(dn, r, out=own[..., 2 * size :])
            dh = kept + torch.bmm(own, back)
        bias = hidden.sum((1, 2))[:, None]
        return shares, _gradient(hidden, h[:, :-1]), bias


class LemScan(torch.autograd.Function):
    """Long expressive memory: drive rows dt1, dt2, z, y; returns y after every step."""

    @staticmethod
    def forward(ctx: Any, drive: Tensor, matrix: Tensor, inner: Tensor, dt: float) -> Tensor:
        """matrix [size, 3 size] takes y to dt1, dt2, y; inner [size, size] takes z to z."""
        size = matrix.shape[1]
        gates = torch.empty_like(drive)
        y, z = _history(drive, size), _history(drive, size)
        for t in range(drive.shape[1]):
            a = torch.bmm(y[:, t], matrix)
            s1, s2, v, u = gates[:, t].chunk(4, 2)
            times = gates[:, t, :, : 2 * size]
            torch.add(a[..., : 2 * size], drive[:, t, :, : 2 * size], out=times).sigmoid_()
            torch.add(a[..., 2 * size :], drive[:, t, :, 3 * size :], out=u).tanh_()
            torch.add(z[:, t], (u - z[:, t]).mul_(s2), alpha=dt, out=z[:, t + 1])
            b = torch.bmm(z[:, t + 1], inner)
            torch.add(b, drive[:, t, :, 2 * size : 3 * size], out=v).tanh_()
            torch.add(y[:, t], (v - y[:, t]).mul_(s1), alpha=dt, out=y[:, t + 1])
        ctx.save_for_backward(matrix, inner, gates, y, z)
        ctx.dt = dt
        return y[:, 1:]

    @staticmethod
    def backward(ctx: Any, wanted: Tensor) -> tuple[Tensor, Tensor, Tensor, None]:
        matrix, inner, gates, y, z = ctx.saved_tensors
        size, dt = matrix.shape[1], ctx.dt
        shares = torch.empty_like(gates)
        dy, dz = torch.zeros_like(y[:, 0]), torch.zeros_like(y[:, 0])
        for t in reversed(range(gates.shape[1])):
            s1, s2, v, u = gates[:, t].chunk(4, 2)
            d1, d2, dv, du = shares[:, t].chunk(4, 2)
            scaled = (dy + wanted[:, t]).mul_(dt)
            _sigmoid_backward(scaled * (v - y[:, t]), s1, grad_input=d1)
            moved = scaled * s1
            _tanh_backward(moved, v, grad_input=dv)
            dy = dy + wanted[:, t] - moved
            dz = dz + torch.bmm(dv, inner.mT)
            scaled = dz * dt
            _sigmoid_backward(scaled * (u - z[:, t]), s2, grad_input=d2)
            moved = scaled * s2
            _tanh_backward(moved, u, grad_input=du)
            dz = dz - moved
            dy = dy + torch.bmm(shares[:, t, :, : 2 * size], matrix[..., : 2 * size].mT)
            dy = dy + torch.bmm(du, matrix[..., 2 * size :].mT)
        own = torch.cat((shares[..., : 2 * size], shares[..., 3 * size :]), 3)
        by_z = _gradient(shares[..., 2 * size : 3 * size], z[:, 1:])
        return shares, _gradient(own, y[:, :-1]), by_z, None
